"""Bills of material: what is inside a product, what of it counts, and what could be cut off."""
