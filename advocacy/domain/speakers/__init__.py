"""The form of `speakers/<name>.md`, in and out."""
