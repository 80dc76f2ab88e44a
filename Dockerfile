# syntax=docker/dockerfile:1
# One image for every process of production: what to run is said in compose.yaml.

FROM python:3.13-slim-trixie AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
RUN python -m venv /opt/venv
COPY requirements/prod.txt /tmp/prod.txt
RUN /opt/venv/bin/pip install --require-hashes -r /tmp/prod.txt

FROM python:3.13-slim-trixie
LABEL org.opencontainers.image.title="FinanceFlow" org.opencontainers.image.licenses="MIT"
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DJANGO_SETTINGS_MODULE=financeflow.settings.prod \
    FINANCEFLOW_VAR=/var/lib/financeflow \
    STATIC_ROOT=/srv/static
# pg_dump and pg_restore, for `manage.py back_up_books` and `restore_books`; as new as the server in compose.yaml.
RUN apt-get update -qq && apt-get install -y -qq --no-install-recommends postgresql-client-17 && rm -rf /var/lib/apt/lists/*
RUN groupadd --gid 10001 financeflow \
    && useradd --uid 10001 --gid financeflow --no-create-home --home-dir /nonexistent financeflow \
    && install -d -o financeflow -g financeflow -m 0700 /var/lib/financeflow \
    && install -d -m 0755 /srv/static
COPY --from=build /opt/venv /opt/venv
WORKDIR /srv/app
COPY . .
# These values are good for collecting static files and for nothing else; none of them stays in the image.
RUN SECRET_KEY=0123456789abcdefghijklmnopqrstuvwxyz-only-to-collect-static-files \
    ALLOWED_HOSTS=build.invalid DATABASE_URL=sqlite:////tmp/none REDIS_URL=redis://build.invalid \
    python manage.py collectstatic --noinput --verbosity 0 \
    && python -m compileall -q financeflow ledger budgets bills banking insights
USER financeflow
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s \
    CMD ["python", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]
CMD ["gunicorn", "financeflow.wsgi:application", "--bind=0.0.0.0:8000", "--worker-class=gthread", "--workers=2", "--threads=8", "--worker-tmp-dir=/dev/shm", "--no-control-socket", "--max-requests=5000", "--max-requests-jitter=500", "--graceful-timeout=30"]
