"""An audit on many machines: who reads what, who judges it, where the parts go, on Ray."""
