"""What pulls the outside in: sources translate, the pipeline stores, jobs decide when."""
