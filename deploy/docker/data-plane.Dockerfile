# The image of a data-plane node. Build the applications first (mvn -DskipTests package), then, from the root of the checkout:
#   docker build -f deploy/docker/data-plane.Dockerfile -t suimon/data-plane:0.1.0-SNAPSHOT .
FROM docker.io/library/eclipse-temurin:25-jre

RUN useradd --uid 10001 --no-create-home --home-dir /app --shell /usr/sbin/nologin suimon \
    && install -d -o suimon -g suimon -m 0700 /var/cache/suimon

COPY data-plane/src/main/jib/app/jvm.options /app/jvm.options
COPY data-plane/target/quarkus-app/ /app/

# A start is recorded once, with the image's own JVM: each later one begins with what that learned.
RUN SUIMON_CACHE_PATH=/tmp/recording SUIMON_WARM_UP_ONLY=true SUIMON_WARM_UP_TIME=PT5S \
        java -XX:AOTCacheOutput=/app/data-plane.aot @/app/jvm.options -jar /app/quarkus-run.jar \
    && rm -rf /tmp/recording \
    && echo '-XX:AOTCache=/app/data-plane.aot' >>/app/jvm.options

# Nothing in /app is written to: the root file system may be read-only. /var/cache/suimon and /tmp are volumes.
ENV SUIMON_CACHE_PATH=/var/cache/suimon
USER 10001
WORKDIR /app
# Not 9090: the Control API asks nobody who they are, and stays on loopback.
EXPOSE 9080 9443 9091 7085
ENTRYPOINT ["java", "@/app/jvm.options", "-jar", "/app/quarkus-run.jar"]
