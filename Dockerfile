# Two steps: the first installs from the lock with hashes and compiles, the second only runs.
FROM python:3.11-slim-trixie AS build
WORKDIR /app
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
RUN python -m venv /venv
ENV PATH=/venv/bin:$PATH
COPY requirements/run.txt requirements/run.txt
RUN pip install --require-hashes -r requirements/run.txt
COPY . .
# Names with hashes and gzip copies of every static file; the settings of the trial are enough for that.
RUN if [ -d locale ]; then for po in $(find locale -name '*.po'); do pybabel compile -i "$po" -o "${po%.po}.mo"; done; fi \
    && STATICFILES=config.storage.HashedFiles STATIC_ROOT=/app/build/static \
       WAYLIGHT_VAR=/tmp/build python manage.py collectstatic --no-input \
    && python -m compileall -q /app

FROM python:3.11-slim-trixie
# pg_dump and pg_restore for `manage.py backup` and `restore`; the client must be no older than the server.
# Pango, for the PDFs.
RUN apt-get update && apt-get install -y --no-install-recommends \
      postgresql-client-17 libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 && rm -rf /var/lib/apt/lists/*
RUN useradd --system --uid 10001 --no-create-home --home-dir /nonexistent waylight
WORKDIR /app
COPY --from=build /venv /venv
COPY --from=build /app /app
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
USER 10001
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s CMD ["python", "config/probe.py", "healthz"]
CMD ["gunicorn", "config.wsgi:application", "--bind", "0.0.0.0:8000", "--workers", "2", "--worker-class", "gthread", \
     "--threads", "4", "--worker-tmp-dir", "/dev/shm", "--no-control-socket"]
