# The image of the control plane. Build the applications first (mvn -DskipTests package), then, from the root of the checkout:
#   docker build -f deploy/docker/control-plane.Dockerfile -t suimon/control-plane:0.1.0-SNAPSHOT .
FROM docker.io/library/eclipse-temurin:25-jre

RUN useradd --uid 10001 --no-create-home --home-dir /app --shell /usr/sbin/nologin suimon \
    && install -d -o suimon -g suimon -m 0700 /var/lib/suimon

COPY control-plane/src/main/jib/app/jvm.options /app/jvm.options
COPY control-plane/target/quarkus-app/ /app/

# Nothing in /app is written to: the root file system may be read-only. /var/lib/suimon and /tmp are volumes.
ENV SUIMON_STORE_PATH=/var/lib/suimon/store SUIMON_ADMIN_KEY_FILE=/var/lib/suimon/admin.key
USER 10001
WORKDIR /app
EXPOSE 9180 9280 9181
ENTRYPOINT ["java", "@/app/jvm.options", "-jar", "/app/quarkus-run.jar"]
