"""A part of the recipe site's tables, which somebody else's migrations keep."""
from django.contrib.postgres.fields import ArrayField, DateRangeField
from django.db import models


class User(models.Model):
    email = models.CharField(max_length=255)
    username = models.CharField(max_length=60)
    country = models.CharField(max_length=2, null=True)
    is_admin = models.BooleanField()
    settings = models.JSONField()
    last_login_ip = models.GenericIPAddressField(null=True)
    created_at = models.DateTimeField()
    deleted_at = models.DateTimeField(null=True)

    class Meta:
        managed = False
        db_table = "users"


class Tag(models.Model):
    name = models.TextField()
    parent = models.ForeignKey("self", models.DO_NOTHING, null=True)

    class Meta:
        managed = False
        db_table = "tags"


class Ingredient(models.Model):
    name = models.TextField()
    allergens = ArrayField(models.TextField())
    kcal_per_100g = models.DecimalField(max_digits=7, decimal_places=2, null=True)

    class Meta:
        managed = False
        db_table = "ingredients"


class Recipe(models.Model):
    user = models.ForeignKey(User, models.DO_NOTHING, related_name="recipes")
    title = models.CharField(max_length=200)
    slug = models.CharField(max_length=220)
    status = models.TextField()
    difficulty = models.TextField()
    total_minutes = models.IntegerField(null=True)
    metadata = models.JSONField()
    view_count = models.IntegerField()
    published_at = models.DateTimeField(null=True)

    class Meta:
        managed = False
        db_table = "recipes"


class Review(models.Model):
    recipe = models.ForeignKey(Recipe, models.DO_NOTHING, related_name="reviews")
    user = models.ForeignKey(User, models.DO_NOTHING, related_name="reviews")
    stars = models.SmallIntegerField()
    body = models.TextField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        managed = False
        db_table = "reviews"


class MealPlan(models.Model):
    user = models.ForeignKey(User, models.DO_NOTHING)
    recipe = models.ForeignKey(Recipe, models.DO_NOTHING)
    during = DateRangeField()

    class Meta:
        managed = False
        db_table = "meal_plans"
