import os
import secrets
from urllib.parse import unquote, urlsplit

# The server is deployed with a key of its own. A shell signs nothing, and must not have it.
SECRET_KEY = os.environ.get("SECRET_KEY") or secrets.token_hex(32)
INSTALLED_APPS = ["django.contrib.contenttypes", "django.contrib.postgres", "recipes"]
ROOT_URLCONF = "kitchen.urls"

database = urlsplit(os.environ["DATABASE_URL"])
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "HOST": database.hostname,
        "PORT": database.port,
        "NAME": unquote(database.path[1:]),
        "USER": unquote(database.username),
        "PASSWORD": unquote(database.password or ""),
        "CONN_MAX_AGE": 60,
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TIME_ZONE = "Europe/Oslo"
USE_TZ = True
