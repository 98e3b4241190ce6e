-- The demo's production database: a recipe-sharing site with a grocery shop, 14 months old on 2026-11-01.
-- Load as superuser into an empty database. Every value comes from a hash of the row's number: each load is the same,
-- and "now" is 2026-11-01 12:00 UTC. Rows tell stories that are worth debugging; they stand at the end of this file.
\set ON_ERROR_STOP on
SET client_min_messages = warning;
SET synchronous_commit = off;
SET timezone = 'UTC';
BEGIN;

DO $$ BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'recipes_owner') THEN CREATE ROLE recipes_owner NOLOGIN; END IF;
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'safe_reader') THEN CREATE ROLE safe_reader NOLOGIN; END IF;
END $$;

-- ---- what the rows are made from
CREATE FUNCTION pg_temp.pick(row_number bigint, salt int, choices int) RETURNS int LANGUAGE sql IMMUTABLE AS
    'SELECT (abs(hashint8extended(row_number, salt) % choices))::int';
-- Few things get most of the attention: squaring a fraction favours the small numbers.
CREATE FUNCTION pg_temp.favour(row_number bigint, salt int, choices int) RETURNS int LANGUAGE sql IMMUTABLE AS
    'SELECT floor(power(pg_temp.pick(row_number, salt, 1000003) / 1000003.0::float8, 2.2) * choices)::int';
CREATE FUNCTION pg_temp.today() RETURNS timestamptz LANGUAGE sql IMMUTABLE AS $$ SELECT timestamptz '2026-11-01 12:00:00+00' $$;
CREATE FUNCTION pg_temp.ago(row_number bigint, salt int, days int) RETURNS timestamptz LANGUAGE sql IMMUTABLE AS
    'SELECT pg_temp.today() - make_interval(secs => pg_temp.pick(row_number, salt, days * 86400))';

CREATE TYPE difficulty AS ENUM ('easy', 'medium', 'hard');
CREATE TYPE recipe_status AS ENUM ('draft', 'published', 'archived');
CREATE TYPE order_status AS ENUM ('basket', 'paid', 'packed', 'shipped', 'delivered', 'cancelled');

-- ---- tables
CREATE TABLE users (
    id              bigint PRIMARY KEY,
    email           varchar(255) NOT NULL UNIQUE,
    username        varchar(60) NOT NULL UNIQUE,
    password_digest text NOT NULL,
    display_name    text,
    country         char(2),
    is_admin        boolean NOT NULL DEFAULT false,
    settings        jsonb NOT NULL DEFAULT '{}',
    last_login_ip   inet,
    last_login_at   timestamptz,
    created_at      timestamptz NOT NULL,
    updated_at      timestamptz NOT NULL,
    deleted_at      timestamptz
);
COMMENT ON TABLE users IS 'Site members; deleted_at marks soft deletes';

CREATE TABLE recipes (
    id            bigint PRIMARY KEY,
    user_id       bigint NOT NULL,
    title         varchar(200) NOT NULL,
    slug          varchar(220) NOT NULL,
    description   text,
    status        recipe_status NOT NULL,
    difficulty    difficulty NOT NULL,
    prep_minutes  int,
    cook_minutes  int,
    total_minutes int GENERATED ALWAYS AS (coalesce(prep_minutes, 0) + coalesce(cook_minutes, 0)) STORED,
    servings      smallint,
    metadata      jsonb NOT NULL DEFAULT '{}',
    view_count    int NOT NULL DEFAULT 0,
    reviews_count int NOT NULL DEFAULT 0,
    published_at  timestamptz,
    created_at    timestamptz NOT NULL,
    updated_at    timestamptz NOT NULL
);
COMMENT ON COLUMN recipes.reviews_count IS 'Counter cache of reviews, kept by the job reviews.recount';

CREATE TABLE ingredients (id int PRIMARY KEY, name text NOT NULL UNIQUE, allergens text[] NOT NULL DEFAULT '{}', kcal_per_100g numeric(7,2), price_cents int NOT NULL);
CREATE TABLE recipe_ingredients (recipe_id bigint NOT NULL, ingredient_id int NOT NULL, position smallint NOT NULL, quantity numeric(10,2), unit varchar(20), note text);
CREATE TABLE tags (id int PRIMARY KEY, name text NOT NULL UNIQUE, parent_id int);
CREATE TABLE recipe_tags (recipe_id bigint NOT NULL, tag_id int NOT NULL);
CREATE TABLE reviews (id bigint PRIMARY KEY, recipe_id bigint NOT NULL, user_id bigint NOT NULL, stars smallint NOT NULL CHECK (stars BETWEEN 1 AND 5), body text, helpful int NOT NULL DEFAULT 0, created_at timestamptz NOT NULL);
CREATE TABLE follows (follower_id bigint NOT NULL, followee_id bigint NOT NULL, created_at timestamptz NOT NULL, CHECK (follower_id <> followee_id));
CREATE TABLE collections (id bigint PRIMARY KEY, user_id bigint NOT NULL, name text NOT NULL, is_public boolean NOT NULL);
CREATE TABLE collection_recipes (collection_id bigint NOT NULL, recipe_id bigint NOT NULL, added_at timestamptz NOT NULL);
CREATE TABLE meal_plans (id bigint PRIMARY KEY, user_id bigint NOT NULL, recipe_id bigint NOT NULL, during daterange NOT NULL);
CREATE TABLE images (id uuid PRIMARY KEY, recipe_id bigint NOT NULL, mime_type text NOT NULL, width int, height int, bytes_stored int NOT NULL);
CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint NOT NULL, status order_status NOT NULL, total_cents int NOT NULL DEFAULT 0, currency char(3) NOT NULL, delivery jsonb NOT NULL DEFAULT '{}', placed_at timestamptz NOT NULL, updated_at timestamptz NOT NULL);
CREATE TABLE order_lines (order_id bigint NOT NULL, ingredient_id int NOT NULL, quantity int NOT NULL, unit_price_cents int NOT NULL);
CREATE TABLE jobs (id bigint PRIMARY KEY, kind text NOT NULL, arguments jsonb NOT NULL, state text NOT NULL, attempts int NOT NULL, locked_by text, locked_at timestamptz, last_error text, run_at timestamptz NOT NULL);
CREATE TABLE events (id bigint NOT NULL, user_id bigint, kind text NOT NULL, payload jsonb NOT NULL DEFAULT '{}', created_at timestamptz NOT NULL) PARTITION BY RANGE (created_at);
CREATE TABLE events_2026_q3 PARTITION OF events FOR VALUES FROM ('2026-07-01') TO ('2026-10-01');
CREATE TABLE events_2026_q4 PARTITION OF events FOR VALUES FROM ('2026-10-01') TO ('2027-01-01');
CREATE TABLE events_default PARTITION OF events DEFAULT;
CREATE TABLE schema_migrations (version varchar PRIMARY KEY);

-- ---- rows
INSERT INTO users
SELECT i, 'user' || i || '@example.org', 'cook' || i, 'argon2id$demo$' || md5(i::text), given[1 + pg_temp.pick(i, 1, 20)] || ' ' || family[1 + pg_temp.pick(i, 2, 20)],
       (ARRAY['NO','SE','DE','FR','JP','US','GR','IL','IN','BR'])[1 + pg_temp.favour(i, 3, 10)], i <= 3,
       jsonb_build_object('theme', (ARRAY['light','dark'])[1 + pg_temp.pick(i, 4, 2)], 'units', (ARRAY['metric','metric','imperial'])[1 + pg_temp.pick(i, 5, 3)], 'newsletter', pg_temp.pick(i, 6, 3) = 0),
       ('10.' || pg_temp.pick(i, 7, 40) || '.' || pg_temp.pick(i, 8, 250) || '.' || 1 + pg_temp.pick(i, 9, 250))::inet,
       pg_temp.ago(i, 10, 60), pg_temp.ago(i, 11, 425), pg_temp.ago(i, 10, 60), CASE WHEN pg_temp.pick(i, 12, 40) = 0 THEN pg_temp.ago(i, 13, 30) END
FROM generate_series(1, 8000) i,
     (SELECT ARRAY['Åse','Bjørn','Chloé','Daðı','Eirini','Füsun','Grzegorz','Hana','Íñigo','Jürgen','Kateřina','Léa','Mikołaj','Noël','Øystein','Priya','Søren','さくら','李','Юлия'] AS given,
             ARRAY['Ødegård','Müller','Čapek','Dvořák','Papadopoulou','Yılmaz','Łukasiewicz','O’Brien','García','Nguyễn','Nakamura','山田','王','Иванова','Haile','Sharma','Lindström','Şahin','Brûlé','van ’t Hof'] AS family) names;

INSERT INTO recipes (id, user_id, title, slug, description, status, difficulty, prep_minutes, cook_minutes, servings, metadata, view_count, published_at, created_at, updated_at)
SELECT i, 1 + pg_temp.favour(i, 20, 8000), manner || ' ' || dish, lower(regexp_replace(manner || '-' || dish, '[^A-Za-z0-9]+', '-', 'g')) || '-' || i,
       'A ' || lower(manner) || ' ' || dish || ' for ' || 1 + pg_temp.pick(i, 23, 6) || '; best served "hot", -- or cold.',
       (ARRAY['published','published','published','draft','archived'])[1 + pg_temp.pick(i, 24, 5)]::recipe_status, (ARRAY['easy','medium','hard'])[1 + pg_temp.favour(i, 25, 3)]::difficulty,
       5 + pg_temp.pick(i, 26, 50), 5 * pg_temp.pick(i, 27, 30), 1 + pg_temp.pick(i, 23, 6),
       jsonb_build_object('cuisine', (ARRAY['nordic','french','italian','japanese','levantine','indian'])[1 + pg_temp.pick(i, 28, 6)], 'vegan', pg_temp.pick(i, 29, 5) = 0),
       pg_temp.favour(-i, 30, 90000), CASE WHEN pg_temp.pick(i, 24, 5) < 3 THEN pg_temp.ago(i, 31, 400) END, pg_temp.ago(i, 31, 400) - interval '3 hours', pg_temp.ago(i, 32, 30)
FROM generate_series(1, 12000) i,
     LATERAL (SELECT (ARRAY['Crispy','Slow','Smoky','Grandmother’s','Five-minute','Creamy','Spicy','Sunday','Forgotten','Burnt'])[1 + pg_temp.pick(i, 21, 10)] AS manner,
                     (ARRAY['pancakes','onion soup','carbonara','ラーメン','apple pie','falafel','brownies','pad thai','köttbullar','crème brûlée','fårikål','борщ','mămăligă','phở','shakshuka','palak paneer'])[1 + pg_temp.pick(i, 22, 16)] AS dish) named;

INSERT INTO ingredients
SELECT i, kind || ' ' || base, CASE WHEN base IN ('flour','noodles') THEN '{gluten}'::text[] WHEN base IN ('milk','butter','cheese') THEN '{lactose}' WHEN base = 'egg' THEN '{egg}' ELSE '{}' END,
       20 + pg_temp.pick(i, 40, 700), 49 + 50 * pg_temp.pick(i, 41, 40)
FROM (SELECT (row_number() OVER ())::int AS i, kind, base FROM unnest(ARRAY['white','fresh','dried','smoked','organic','jalapeño','Skåne','wild','salted','baby']) kind,
      unnest(ARRAY['flour','milk','egg','butter','sugar','onion','noodles','apple','chickpea','cheese','lingonberry','piñon']) base) combined;

INSERT INTO recipe_ingredients
SELECT r, 1 + (pg_temp.pick(r, 50, 120) + 7 * k) % 120, k, 5 * (1 + pg_temp.pick(r * 10 + k, 51, 80)), (ARRAY['g','dl','tbsp','pcs','ts'])[1 + pg_temp.pick(r * 10 + k, 52, 5)], CASE WHEN pg_temp.pick(r * 10 + k, 53, 9) = 0 THEN 'finely chopped' END
FROM generate_series(1, 12000) r, generate_series(1, 9) k WHERE k <= 4 + pg_temp.pick(r, 54, 6);

INSERT INTO tags SELECT i, name, CASE WHEN i > 6 THEN 1 + i % 6 END
FROM unnest(ARRAY['meal','diet','season','quick','party','children','dinner','vegan','winter','pasta','dessert','gluten-free','summer','soup','baking','grill','påske','jul','breakfast','ferment']) WITH ORDINALITY t(name, i);
INSERT INTO recipe_tags SELECT r, 1 + (pg_temp.favour(r, 60, 20) + 3 * k) % 20 FROM generate_series(1, 12000) r, generate_series(0, 2) k WHERE k <= pg_temp.pick(r, 61, 3);

INSERT INTO reviews
SELECT i, 1 + pg_temp.favour(i, 70, 12000), 1 + pg_temp.pick(i, 71, 8000), 5 - pg_temp.favour(i, 72, 5),
       (ARRAY['Lovely','Too salty for us','Made it twice','Kids said “meh”','🔥🔥🔥','Nydelig!','まあまあ','Where is the butter?; I doubled it'])[1 + pg_temp.pick(i, 73, 8)], pg_temp.favour(i, 74, 60), pg_temp.ago(i, 75, 390)
FROM generate_series(1, 60000) i;

INSERT INTO follows SELECT DISTINCT ON (a, b) a, b, pg_temp.ago(i, 82, 400) FROM (SELECT i, 1 + pg_temp.pick(i, 80, 8000) AS a, 1 + pg_temp.favour(i, 81, 8000) AS b FROM generate_series(1, 20000) i) pairs WHERE a <> b ORDER BY a, b, i;
INSERT INTO collections SELECT i, 1 + pg_temp.favour(i, 90, 8000), (ARRAY['Favourites','Weeknights','Jul','To try','パーティー'])[1 + pg_temp.pick(i, 91, 5)], pg_temp.pick(i, 92, 4) > 0 FROM generate_series(1, 5000) i;
INSERT INTO collection_recipes SELECT DISTINCT ON (c, r) c, r, pg_temp.ago(i, 97, 300) FROM (SELECT i, 1 + pg_temp.pick(i, 95, 5000) AS c, 1 + pg_temp.favour(i, 96, 12000) AS r FROM generate_series(1, 24000) i) pairs ORDER BY c, r, i;
INSERT INTO meal_plans SELECT i, 1 + pg_temp.pick(i, 100, 8000), 1 + pg_temp.favour(i, 101, 12000), daterange(day, day + 1 + pg_temp.pick(i, 103, 3)) FROM generate_series(1, 6000) i, LATERAL (SELECT date '2026-09-01' + pg_temp.pick(i, 102, 90) AS day) planned;
INSERT INTO images SELECT md5('image ' || i)::uuid, 1 + (i * 7) % 12000, (ARRAY['image/jpeg','image/webp','image/png'])[1 + pg_temp.favour(i, 110, 3)], 1600, 1200, 20000 + pg_temp.pick(i, 111, 900000) FROM generate_series(1, 9000) i;

INSERT INTO orders
SELECT i, 1 + pg_temp.favour(i, 120, 8000), (CASE WHEN pg_temp.pick(i, 121, 25) = 0 THEN 'cancelled' WHEN pg_temp.pick(i, 122, 30) = 0 THEN 'basket' ELSE 'delivered' END)::order_status, 0, 'NOK',
       jsonb_build_object('city', (ARRAY['Oslo','Tromsø','Århus','Malmö','Zürich','京都'])[1 + pg_temp.pick(i, 123, 6)], 'slot', 8 + 2 * pg_temp.pick(i, 124, 6), 'carrier', (ARRAY['posten','bring','cargo-bike'])[1 + pg_temp.pick(i, 125, 3)]), placed, placed + interval '30 hours'
FROM generate_series(1, 12000) i, LATERAL (SELECT pg_temp.today() - interval '4 days' - make_interval(secs => pg_temp.pick(i, 126, 380 * 86400)) AS placed) at;
INSERT INTO order_lines
SELECT o, p.id, 1 + pg_temp.favour(o * 10 + k, 131, 6), p.price_cents FROM generate_series(1, 12000) o, generate_series(1, 5) k JOIN ingredients p ON true
WHERE k <= 1 + pg_temp.pick(o, 132, 5) AND p.id = 1 + (pg_temp.pick(o, 130, 120) + 11 * k) % 120;
UPDATE orders o SET total_cents = s.total FROM (SELECT order_id, sum(quantity * unit_price_cents) AS total FROM order_lines GROUP BY order_id) s WHERE s.order_id = o.id;

INSERT INTO jobs
SELECT i, (ARRAY['mail.digest','reviews.recount','orders.ship','images.resize'])[1 + pg_temp.pick(i, 140, 4)], jsonb_build_object('id', 1 + pg_temp.pick(i, 141, 12000)), 'done', 1 + pg_temp.favour(i, 142, 4), NULL, NULL, NULL, pg_temp.ago(i, 143, 90) - interval '1 day'
FROM generate_series(1, 10000) i;

INSERT INTO events
SELECT i, CASE WHEN pg_temp.pick(i, 150, 6) > 0 THEN 1 + pg_temp.favour(i, 151, 8000) END, (ARRAY['view','view','view','search','login','add_to_basket'])[1 + pg_temp.pick(i, 152, 6)],
       jsonb_build_object('recipe_id', 1 + pg_temp.favour(i, 153, 12000), 'ms', 8 + pg_temp.favour(i, 154, 400), 'agent', (ARRAY['Mozilla/5.0','iOS/4.2','Android/4.1','curl/8.5'])[1 + pg_temp.favour(i, 155, 4)]), pg_temp.ago(i, 156, 150)
FROM generate_series(1, 90000) i;
INSERT INTO schema_migrations VALUES ('20250901080000'), ('20260114101500'), ('20260602070000'), ('20261028134500');

-- ---- stories
-- 1. Since the release of 28 October the carrier "bring" refuses labels: 215 orders are paid and never packed, their jobs are locked by a dead worker.
UPDATE orders SET status = 'paid', delivery = delivery || '{"carrier": "bring"}', placed_at = timestamptz '2026-10-28 13:50+00' + make_interval(mins => (id % 5000)::int), updated_at = timestamptz '2026-10-28 13:51+00' + make_interval(mins => (id % 5000)::int) WHERE id % 56 = 3;
INSERT INTO jobs SELECT 20000 + id, 'orders.ship', jsonb_build_object('id', id, 'carrier', 'bring'), 'running', 5, 'worker-7', updated_at + interval '2 minutes',
       'CarrierError: 422 "postal code must be 4 digits" (label ' || id || ')', updated_at FROM orders WHERE status = 'paid';
-- 2. The counter cache of reviews was last kept up before 28 October, and for recipe 17 it is plainly wrong.
UPDATE recipes r SET reviews_count = s.n FROM (SELECT recipe_id, count(*) AS n FROM reviews WHERE created_at < '2026-10-28 13:45+00' GROUP BY recipe_id) s WHERE s.recipe_id = r.id;
UPDATE recipes SET reviews_count = 99999 WHERE id = 17;
-- 3. Member 4711 cannot sign in: a zero-width space at the end of the address, settings that are a string, a login in the future.
UPDATE users SET email = 'user4711@example.org' || U&'\200B', settings = '"{\"theme\":\"dark\"}"', display_name = '', last_login_at = '2038-01-19 03:14:07+00' WHERE id = 4711;
-- 4. Member 666 signs up friends: 3,000 five-star reviews of recipes 1 to 5 within an hour, from one address.
INSERT INTO reviews SELECT 100000 + i, 1 + i % 5, 666, 5, 'Best ever!!', 0, timestamptz '2026-10-30 02:00+00' + make_interval(secs => i * 1.2) FROM generate_series(1, 3000) i;
UPDATE users SET last_login_ip = '203.0.113.66' WHERE id = 666 OR id BETWEEN 7900 AND 7960;
-- 5. "My reviews" is slow: reviews has an index on recipe_id and none on user_id (migration 20261028134500 dropped it).

-- ---- keys and indexes, after the rows because that is quicker
ALTER TABLE recipes ADD FOREIGN KEY (user_id) REFERENCES users, ADD UNIQUE (slug);
ALTER TABLE recipe_ingredients ADD PRIMARY KEY (recipe_id, ingredient_id), ADD FOREIGN KEY (recipe_id) REFERENCES recipes, ADD FOREIGN KEY (ingredient_id) REFERENCES ingredients;
ALTER TABLE recipe_tags ADD PRIMARY KEY (recipe_id, tag_id), ADD FOREIGN KEY (recipe_id) REFERENCES recipes, ADD FOREIGN KEY (tag_id) REFERENCES tags;
ALTER TABLE reviews ADD FOREIGN KEY (recipe_id) REFERENCES recipes, ADD FOREIGN KEY (user_id) REFERENCES users;
ALTER TABLE follows ADD PRIMARY KEY (follower_id, followee_id), ADD FOREIGN KEY (follower_id) REFERENCES users, ADD FOREIGN KEY (followee_id) REFERENCES users;
ALTER TABLE collections ADD FOREIGN KEY (user_id) REFERENCES users;
ALTER TABLE collection_recipes ADD PRIMARY KEY (collection_id, recipe_id), ADD FOREIGN KEY (collection_id) REFERENCES collections, ADD FOREIGN KEY (recipe_id) REFERENCES recipes;
ALTER TABLE meal_plans ADD FOREIGN KEY (user_id) REFERENCES users, ADD FOREIGN KEY (recipe_id) REFERENCES recipes;
ALTER TABLE images ADD FOREIGN KEY (recipe_id) REFERENCES recipes;
ALTER TABLE orders ADD FOREIGN KEY (user_id) REFERENCES users;
ALTER TABLE order_lines ADD PRIMARY KEY (order_id, ingredient_id), ADD FOREIGN KEY (order_id) REFERENCES orders, ADD FOREIGN KEY (ingredient_id) REFERENCES ingredients;
CREATE INDEX index_recipes_on_user_id ON recipes (user_id);
CREATE INDEX index_recipes_on_published_at ON recipes (published_at DESC) WHERE status = 'published';
CREATE INDEX index_reviews_on_recipe_id ON reviews (recipe_id);
CREATE INDEX index_orders_on_user_id ON orders (user_id);
CREATE INDEX index_jobs_on_state_and_run_at ON jobs (state, run_at);
CREATE INDEX index_events_on_created_at ON events (created_at);

-- ---- what the application's developers call
CREATE FUNCTION dice(sides int) RETURNS int LANGUAGE sql VOLATILE AS 'SELECT 1 + floor(random() * sides)::int';
CREATE FUNCTION avg_rating(recipe_id bigint) RETURNS numeric LANGUAGE sql STABLE AS 'SELECT avg(stars) FROM public.reviews WHERE reviews.recipe_id = avg_rating.recipe_id';
CREATE VIEW stuck_orders AS
    SELECT o.id, o.user_id, o.placed_at, j.attempts, j.locked_by, j.last_error FROM orders o JOIN jobs j ON j.kind = 'orders.ship' AND j.arguments ->> 'id' = o.id::text WHERE o.status = 'paid' AND j.state <> 'done';

-- ---- who may do what: the owner cannot log in, the reader reads
DO $$
DECLARE thing record;
BEGIN
    FOR thing IN SELECT c.oid::regclass AS name, c.relkind FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v') LOOP
        EXECUTE format('ALTER %s %s OWNER TO recipes_owner', CASE thing.relkind WHEN 'v' THEN 'VIEW' ELSE 'TABLE' END, thing.name);
    END LOOP;
    EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
    EXECUTE format('GRANT CONNECT ON DATABASE %I TO safe_reader', current_database());
END $$;
ALTER FUNCTION dice(int) OWNER TO recipes_owner;
ALTER FUNCTION avg_rating(bigint) OWNER TO recipes_owner;
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO safe_reader;
GRANT SELECT ON ALL TABLES IN SCHEMA public TO safe_reader;
COMMIT;
VACUUM ANALYZE;
