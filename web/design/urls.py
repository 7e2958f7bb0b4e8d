"""Address of the page that shows the components."""

from django.urls import path

from web.design.gallery import gallery_page

urlpatterns = [path("", gallery_page, name="design")]
