"""What is typed into a Django shell: querysets of every kind, introspection, and writes that fail."""
import io
from datetime import date

from django.contrib.postgres.aggregates import ArrayAgg, StringAgg
from django.contrib.postgres.search import SearchVector
from django.core.management import call_command
from django.db import connection, transaction
from django.db.models import Avg, Count, Exists, F, Max, OuterRef, Prefetch, Q, Subquery, Sum, TextField, Value, Window
from django.db.models.functions import Lower, Rank, TruncMonth
from recipes.models import Ingredient, MealPlan, Recipe, Review, Tag, User
from steps import equal, holds, refused, step


@step
def connects():
    with connection.cursor() as cursor:
        cursor.execute("SELECT version(), current_setting('TimeZone')")
        equal(cursor.fetchone()[1], "UTC")
    holds(connection.pg_version >= 150000, connection.pg_version)


@step
def lists_tables():
    holds({"recipes", "users"} <= set(connection.introspection.table_names()), "tables")


@step
def inspects_the_database():
    models = io.StringIO()
    call_command("inspectdb", "recipes", "users", "reviews", "orders", "recipe_tags", "events", "images", stdout=models)
    holds("class Reviews(models.Model)" in models.getvalue(), models.getvalue()[:300])
    holds("# The error was" not in models.getvalue(), models.getvalue()[:900])


@step
def inspects_constraints():
    with connection.cursor() as cursor:
        found = connection.introspection.get_constraints(cursor, "recipes")
        holds("index_recipes_on_user_id" in found, sorted(found))
        equal(connection.introspection.get_sequences(cursor, "recipes"), [])


@step
def checks():
    call_command("check", databases=["default"], stdout=io.StringIO(), stderr=io.StringIO())


@step
def shows_migrations():
    text = io.StringIO()
    call_command("showmigrations", stdout=text, no_color=True)
    holds("contenttypes" in text.getvalue(), text.getvalue())


@step
def counts():
    equal(Recipe.objects.count(), 12000)


@step
def gets():
    equal(User.objects.get(pk=4711).username, "cook4711")
    equal(User.objects.filter(pk=999999).first(), None)


@step
def filters():
    equal(User.objects.filter(email__iexact="USER42@example.org").count(), 1)
    holds(Recipe.objects.filter(Q(title__icontains="soup") | Q(title__istartswith="slow"), status="published").exists(), "none")
    equal(User.objects.filter(pk__in=[1, 2, 3]).exclude(is_admin=False).count(), 3)
    holds(User.objects.filter(username__regex=r"^cook4[0-9]+$").count() > 10, "none")


@step
def filters_by_dates():
    holds(Review.objects.filter(created_at__year=2026, created_at__date__lte="2026-11-01").count() > 100, "none")


@step
def aggregates():
    answer = Review.objects.aggregate(Avg("stars"), Max("created_at"), good=Count("pk", filter=Q(stars=5)))
    holds(1 <= answer["stars__avg"] <= 5 and answer["good"] > 0, answer)


@step
def annotates():
    best = Recipe.objects.annotate(reviews_now=Count("reviews"), rating=Avg("reviews__stars")).filter(reviews_now__gt=100).order_by("-rating")
    holds(len(best[:5]) == 5, "few")


@step
def groups():
    rows = list(Recipe.objects.values("difficulty").annotate(many=Count("*"), views=Sum("view_count")).order_by("difficulty"))
    equal(sum(row["many"] for row in rows), 12000)
    holds(Review.objects.annotate(month=TruncMonth("created_at")).values("month").annotate(many=Count("pk")).count() >= 12, "months")


@step
def selects_related():
    equal(Review.objects.select_related("recipe__user", "user").order_by("pk")[0].recipe.user.pk > 0, True)


@step
def prefetches():
    some = Recipe.objects.filter(pk__lte=5).prefetch_related(Prefetch("reviews", Review.objects.filter(stars=5).select_related("user")))
    holds(all(len(recipe.reviews.all()) > 0 for recipe in some), "no reviews")


@step
def subqueries():
    newest = Review.objects.filter(recipe=OuterRef("pk")).order_by("-created_at")
    found = Recipe.objects.annotate(newest=Subquery(newest.values("stars")[:1]), bad=Exists(newest.filter(stars=1))).filter(bad=True)
    holds(found[0].newest is not None, "none")


@step
def windows():
    holds(Review.objects.annotate(place=Window(Rank(), partition_by=F("recipe"), order_by=F("stars").desc())).values("place")[:5][0]["place"] >= 1, "none")


@step
def reads_json():
    holds(Recipe.objects.filter(metadata__cuisine="nordic", metadata__contains={"vegan": True}).count() > 10, "none")
    holds(User.objects.filter(settings__has_key="theme").count() > 10, "none")


@step
def reads_arrays_and_ranges():
    holds(Ingredient.objects.filter(allergens__contains=["gluten"]).count() > 1, "none")
    holds(MealPlan.objects.filter(during__contains=date(2026, 10, 1)).count() > 1, "none")


@step
def uses_aggregates_of_postgres():
    row = Tag.objects.filter(parent__isnull=False).values("parent").annotate(names=ArrayAgg("name", ordering="name"), text=StringAgg("name", Value(", "), output_field=TextField()))[0]
    holds(len(row["names"]) >= 1 and row["text"], row)


@step
def searches():
    holds(Recipe.objects.annotate(words=SearchVector("title", config="simple")).filter(words="soup").count() > 1, "none")


@step
def iterates_in_a_transaction():
    with transaction.atomic():
        equal(sum(1 for _ in Review.objects.filter(pk__lte=3000).iterator(chunk_size=500)), 3000)


@step
def combines():
    admins = User.objects.filter(is_admin=True).values_list("pk")
    equal(admins.union(User.objects.filter(pk=4711).values_list("pk")).count(), 4)
    equal(len(set(User.objects.order_by(Lower("username")).values_list("country", flat=True).distinct())), 10)


@step
def explains():
    holds("reviews" in Review.objects.filter(user_id=666).explain(analyze=True), "no plan")


@step
def reads_raw():
    equal(User.objects.raw("SELECT * FROM users WHERE id = %s", [666])[0].username, "cook666")


@step
def reads_in_a_transaction():
    with transaction.atomic():
        with transaction.atomic():
            equal(User.objects.count(), 8000)


@refused
def save():
    recipe = Recipe.objects.get(pk=1)
    recipe.title = "x"
    recipe.save()


@refused
def bulk_delete():
    Review.objects.filter(pk=1)._raw_delete("default")


@refused
def lock():
    with transaction.atomic():
        Recipe.objects.select_for_update().get(pk=1)


@step
def iterate_by_a_cursor_that_outlives_its_transaction():
    equal(sum(1 for _ in Recipe.objects.iterator()), 12000)


@step
def goes_on_after_a_refusal():
    equal(Recipe.objects.count(), 12000)


@step
def goes_on_after_a_refusal_in_a_transaction():
    try:
        with transaction.atomic():
            Tag.objects.create(pk=99, name="x")
    except Exception as error:
        equal(type(error).__name__, "InternalError")
    equal(Tag.objects.count(), 20)


@step
def closes():
    connection.close()


print("finished", flush=True)
