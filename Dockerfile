# One image for web and worker: the pinned packages, the console's front-end libraries, the project.
FROM node:22-bookworm-slim AS front-end
WORKDIR /build
COPY package.json package-lock.json ./
RUN npm ci
COPY web/vendor.mjs web/vendor.mjs
RUN npm run vendor

FROM python:3.11-slim-bookworm
RUN useradd --uid 10001 --create-home huifang && install -d -o huifang /data
WORKDIR /app
COPY requirements/run.txt requirements/run.txt
RUN pip install --no-cache-dir --require-hashes -r requirements/run.txt
COPY . .
COPY --from=front-end /build/web/static/vendor web/static/vendor
RUN pip install --no-cache-dir --no-deps --no-build-isolation .
WORKDIR /data
USER huifang
ENV HUIFANG_HOME=/data
ENTRYPOINT ["huifang"]
CMD ["serve"]
