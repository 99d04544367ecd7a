"""Where customers come from. Each source yields untrusted rows; the inventory decides what is kept."""
