"""Runs steps and prints one line for each: ok NAME, failed NAME: why, refused NAME: error."""

after_failure = []


def step(function):
    """Runs the function at once, as a step of its name; whatever it raises is what failed, and what is to be done after a failure is done."""
    name = function.__name__
    try:
        function()
        print(f"ok {name}", flush=True)
    except Exception as error:
        print(f"failed {name}: {type(error).__name__}: {one_line(error)}", flush=True)
        for work in after_failure:
            work()
    return function


def refused(function):
    """Runs a function that must fail, and prints its error: class, cause if there is one, SQLSTATE."""
    name = function.__name__
    try:
        function()
        print(f"failed {name}: it was not refused", flush=True)
    except Exception as error:
        print(f"refused {name}: {worded(error)}", flush=True)
    return function


def equal(found, expected):
    if found != expected:
        raise AssertionError(f"{found!r}, not {expected!r}")


def holds(condition, what):
    if not condition:
        raise AssertionError(what)


def worded(error):
    cause = getattr(error, "orig", None) or (error.__cause__ if not hasattr(error, "sqlstate") else None)
    state = getattr(error, "sqlstate", None) or getattr(error, "pgcode", None)
    own = f"{type(error).__module__}.{type(error).__name__}"
    return f"{own} from {worded(cause)}" if cause is not None else f"{own} {state}"


def one_line(error):
    return " | ".join(str(error).split("\n"))[:600]
