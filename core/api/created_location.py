"""`Location`: the address of what a request has created."""

from typing import Any

from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse
from rest_framework.views import APIView

CREATED_STATUSES = (status.HTTP_201_CREATED, status.HTTP_202_ACCEPTED)


class CreatedLocationMixin(APIView):
    """A view whose answers to what creates something name its address.

    The address is made from the answer, so that a stored answer has it too. By default it is that of the object of this
    view set with the answer's `id`; a view of other objects names their route, or overrides `get_created_path`.
    """

    created_route = ""

    def get_created_path(self, answer: dict[str, Any]) -> str:
        """Return the path of what was created, which the answer shows."""
        route = self.created_route or f"{getattr(self, 'basename', '')}-detail"
        return reverse(route, args=[answer["id"]])

    def finalize_response(self, request: Request, response: Response, *args: Any, **kwargs: Any) -> Response:
        """Add the header to 201 and 202."""
        # A stored answer is emptied when a person whom it names is erased; then it names no address either.
        if response.status_code in CREATED_STATUSES and response.data:
            response["Location"] = request.build_absolute_uri(self.get_created_path(response.data))
        return super().finalize_response(request, response, *args, **kwargs)
