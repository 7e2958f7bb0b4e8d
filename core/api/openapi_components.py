"""Shapes of the API's description that several fields share, each under a name of its own."""

from typing import Any

from core.registry import Registry

_components = Registry[dict[str, Any]]("component of the API's description")


def name_shape(name: str, shape: dict[str, Any]) -> dict[str, Any]:
    """Add a shape to the components, and return the reference to it. Raises ValueError when the name is taken."""
    _components.register(name, shape)
    return refer_to_shape(name)


def refer_to_shape(name: str) -> dict[str, Any]:
    """Return the reference to a component."""
    return {"$ref": f"#/components/schemas/{name}"}


def is_named_shape(name: str) -> bool:
    """Return whether a component is such a shape, which is complete as it is."""
    return name in _components


def add_named_shapes(result: Any, **_about: Any) -> Any:
    """Add the shapes to the components of the document."""
    result["components"]["schemas"] |= {name: dict(shape) for name, shape in _components.items()}
    return result
