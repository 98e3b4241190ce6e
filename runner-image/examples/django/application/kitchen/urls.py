from django.urls import path

from recipes.views import show

urlpatterns = [path("recipes/<int:recipe_id>/", show)]
