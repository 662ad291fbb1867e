# One image for every environment. It is built without any setting or secret; both come when it runs. The one exception is the
# path of a host that it is served below, if any: --build-arg BASE_PATH=/gate (docs/deployment.md)
#   docker build -t gatehouse .
#   docker run --env-file gatehouse.env gatehouse node commands/migrate.mjs
#   docker run --env-file gatehouse.env --read-only -p 3000:3000 gatehouse
# Pin the digest of what you have looked at: --build-arg NODE_IMAGE=node:24.21.0-bookworm-slim@sha256:…
ARG NODE_IMAGE=node:24.21.0-bookworm-slim

FROM ${NODE_IMAGE} AS packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts --no-audit --no-fund

FROM packages AS build
COPY . .
ARG BASE_PATH=
ENV NEXT_OUTPUT=standalone NEXT_TELEMETRY_DISABLED=1 BASE_PATH=${BASE_PATH}
RUN npm run build && node deploy/build-commands.mjs .next/commands

# The world around the application, for compose.yaml alone.
FROM packages AS world
COPY . .
RUN mkdir /state && chown 1000:1000 /state
USER 1000:1000
CMD ["node", "--import", "tsx", "dev/compose.ts"]

FROM ${NODE_IMAGE} AS application
LABEL org.opencontainers.image.title="Gatehouse" \
      org.opencontainers.image.description="Signs people in, and calls a protected API for them" \
      org.opencontainers.image.licenses="MIT"
ARG BASE_PATH=
ENV NODE_ENV=production \
    BASE_PATH=${BASE_PATH} \
    NEXT_TELEMETRY_DISABLED=1 \
    NEXT_MANUAL_SIG_HANDLE=true \
    HOSTNAME=0.0.0.0 \
    PORT=3000
WORKDIR /app
# Owned by root: the process can change nothing of what it runs.
COPY --from=build /app/.next/standalone ./
COPY --from=build /app/.next/static ./.next/static
COPY --from=build /app/.next/commands ./commands
USER 1000:1000
EXPOSE 3000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}${process.env.BASE_PATH ?? ''}/api/health/live`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "server.js"]
