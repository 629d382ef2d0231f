"""What the words mean: values in, values out; no clock, no database, no network, no framework."""
