"""Review by hand: which examples a person is shown, in which order, and the screen that shows them."""
