"""What all pages share: base templates, components, styles, forms."""
