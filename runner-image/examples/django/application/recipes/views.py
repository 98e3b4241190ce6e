from django.http import JsonResponse
from django.shortcuts import get_object_or_404

from .models import Recipe


def show(request, recipe_id):
    recipe = get_object_or_404(Recipe, id=recipe_id, status="published")
    return JsonResponse({"title": recipe.title, "minutes": recipe.total_minutes, "reviews": recipe.reviews.count()})
