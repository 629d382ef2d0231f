"""The measured promises: each figure beside its limit, both taken in one run."""
