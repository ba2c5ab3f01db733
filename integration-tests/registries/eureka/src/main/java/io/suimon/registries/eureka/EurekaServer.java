package io.suimon.registries.eureka;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.cloud.netflix.eureka.server.EnableEurekaServer;

/** A Eureka server as most people run it: Spring Cloud's. Its settings are its arguments. */
@EnableAutoConfiguration
@EnableEurekaServer
public class EurekaServer {

    /** Starts it. */
    public static void main(String[] arguments) {
        SpringApplication.run(EurekaServer.class, arguments);
    }
}
