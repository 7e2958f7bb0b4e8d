"""The volunteers' part of the API."""

from django.urls import path

from volunteers.api.profile import MyProfile

urlpatterns = [path("me/profile/", MyProfile.as_view(), name="my-profile")]
