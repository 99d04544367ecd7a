"""The page of requests of customers: the register with its clocks, and what is done about one."""
