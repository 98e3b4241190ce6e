"""SQLAlchemy: the engine's start-up, reflection, and the ORM with its loading strategies."""
import os

import sqlalchemy as sa
from sqlalchemy.ext.automap import automap_base
from sqlalchemy.orm import Session, aliased, joinedload, relationship, selectinload, subqueryload
from steps import equal, holds, refused, step

url = os.environ["DATABASE_URL"].replace("postgresql://", "postgresql+psycopg2://")
engine = sa.create_engine(url, pool_pre_ping=True, pool_size=2)
metadata = sa.MetaData()
Base = automap_base(metadata=metadata)


@step
def connects():
    with engine.connect() as connection:
        equal(connection.scalar(sa.text("SELECT 40 + 2")), 42)
        holds(connection.dialect.server_version_info >= (15,), "version")
        equal(connection.dialect.default_schema_name, "public")


@step
def reflects():
    metadata.reflect(engine)
    holds({"recipes", "users", "reviews", "orders", "events"} <= set(metadata.tables), sorted(metadata.tables))
    equal([key.column.table.name for key in metadata.tables["recipes"].c.user_id.foreign_keys], ["users"])


@step
def maps():
    class Recipe(Base):
        __tablename__ = "recipes"
        reviews = relationship("reviews", back_populates="recipe", overlaps="recipes")
        author = relationship("users", overlaps="users")

    class Review(Base):
        __tablename__ = "reviews"
        recipe = relationship("Recipe", back_populates="reviews", overlaps="recipes,reviews")

    Base.prepare()
    Base.registry._class_registry["reviews"] = Review
    globals().update(Recipe=Recipe, Review=Review, User=Base.classes.users, Order=Base.classes.orders)


inspector = sa.inspect(engine)


@step
def inspects_columns():
    columns = {column["name"]: column for column in inspector.get_columns("recipes")}
    equal(str(columns["title"]["type"]), "VARCHAR(200)")
    equal(columns["difficulty"]["type"].enums, ["easy", "medium", "hard"])
    holds(columns["total_minutes"]["computed"]["persisted"], "not computed")


@step
def inspects_keys():
    equal(inspector.get_pk_constraint("recipe_tags")["constrained_columns"], ["recipe_id", "tag_id"])
    equal(len(inspector.get_foreign_keys("order_lines")), 2)
    equal(inspector.get_unique_constraints("recipes")[0]["column_names"], ["slug"])
    equal(len(inspector.get_check_constraints("reviews")), 1)


@step
def inspects_indexes():
    names = {index["name"] for index in inspector.get_indexes("recipes")}
    holds({"index_recipes_on_user_id", "index_recipes_on_published_at"} <= names, names)


@step
def inspects_the_rest():
    equal(inspector.get_view_names(), ["stuck_orders"])
    holds("SELECT" in inspector.get_view_definition("stuck_orders"), "no definition")
    equal(inspector.get_table_comment("users")["text"], "Site members; deleted_at marks soft deletes")
    equal([enum["name"] for enum in inspector.get_enums()], ["difficulty", "order_status", "recipe_status"])
    equal(inspector.get_schema_names(), ["information_schema", "public"])
    holds(inspector.has_table("recipes"), "no recipes")
    equal(inspector.get_sequence_names(), [])
    equal(inspector.get_table_oid("users") > 0, True)


def reading(work):
    with Session(engine) as session:
        return work(session)


@step
def gets_by_key():
    equal(reading(lambda session: session.get(User, 4711).username), "cook4711")


@step
def filters_and_orders():
    rows = reading(lambda session: session.execute(
        sa.select(Recipe.id).where(Recipe.status == "published", Recipe.view_count > 100).order_by(Recipe.published_at.desc()).limit(5)).all())
    equal(len(rows), 5)


@step
def counts_and_groups():
    rows = reading(lambda session: session.execute(
        sa.select(Recipe.difficulty, sa.func.count(), sa.func.avg(Recipe.view_count)).group_by(Recipe.difficulty).having(sa.func.count() > 10)).all())
    equal(sum(row[1] for row in rows), 12000)


@step
def loads_joined():
    equal(reading(lambda session: session.execute(sa.select(Recipe).options(joinedload(Recipe.author)).where(Recipe.id == 17)).scalar_one().author.id > 0), True)


@step
def loads_selectin():
    recipes = reading(lambda session: session.execute(sa.select(Recipe).options(selectinload(Recipe.reviews)).where(Recipe.id.in_([1, 2, 3]))).scalars().all())
    holds(all(len(recipe.reviews) > 0 for recipe in recipes), "no reviews")


@step
def loads_by_subquery():
    recipes = reading(lambda session: session.execute(sa.select(Recipe).options(subqueryload(Recipe.reviews)).order_by(Recipe.id).limit(2)).scalars().all())
    equal(len(recipes), 2)


@step
def loads_lazily():
    equal(reading(lambda session: session.get(Recipe, 1).author.email.endswith("@example.org")), True)


@step
def uses_exists_and_aliases():
    best = aliased(Review)
    found = reading(lambda session: session.scalar(sa.select(sa.func.count()).select_from(Recipe).where(sa.exists().where(best.recipe_id == Recipe.id, best.stars == 5))))
    holds(found > 100, found)


@step
def uses_windows_and_ctes():
    ranked = sa.select(Review.recipe_id, sa.func.rank().over(partition_by=Review.recipe_id, order_by=Review.helpful.desc()).label("place")).cte("ranked")
    holds(reading(lambda session: session.scalar(sa.select(sa.func.count()).select_from(ranked).where(ranked.c.place == 1))) > 0, "none")


@step
def reads_json():
    orders = metadata.tables["orders"]
    equal(reading(lambda session: session.scalar(sa.select(sa.func.count()).where(orders.c.status == "paid", orders.c.delivery["carrier"].astext == "bring"))), 215)


@step
def streams():
    with engine.connect().execution_options(stream_results=True, yield_per=500) as connection:
        equal(sum(1 for _ in connection.execute(sa.text("SELECT id FROM reviews WHERE id <= 2000"))), 2000)


@step
def reads_into_a_row_mapping():
    with engine.connect() as connection:
        row = connection.execute(sa.text("SELECT * FROM stuck_orders ORDER BY id LIMIT 1")).mappings().one()
        equal(row["locked_by"], "worker-7")


@step
def nests_transactions():
    with engine.connect() as connection, connection.begin():
        nested = connection.begin_nested()
        try:
            connection.execute(sa.text("SELECT 1 / 0"))
        except sa.exc.DataError:
            nested.rollback()
        equal(connection.scalar(sa.text("SELECT 1")), 1)


@step
def isolates():
    with engine.connect().execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True) as connection:
        equal(connection.scalar(sa.text("SHOW transaction_isolation")), "repeatable read")
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        equal(connection.scalar(sa.text("SELECT 1")), 1)


@refused
def update_by_the_orm():
    with Session(engine) as session:
        session.get(Recipe, 1).title = "x"
        session.commit()


@refused
def insert():
    with engine.begin() as connection:
        connection.execute(metadata.tables["tags"].insert().values(id=99, name="x"))


@refused
def create_table():
    sa.Table("more", sa.MetaData(), sa.Column("id", sa.Integer)).create(engine)


@step
def goes_on_after_a_refusal():
    equal(reading(lambda session: session.scalar(sa.select(sa.func.count()).select_from(Recipe))), 12000)


@step
def disposes():
    engine.dispose()


print("finished", flush=True)
