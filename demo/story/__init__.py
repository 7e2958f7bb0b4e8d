"""The story of the demo: what its users did before the visitor came, told by the product's own actions."""
