package com.example.leagues;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

@SpringBootApplication
public class LeaguesApplication {

    public static void main(String[] args) {
        SpringApplication.run(LeaguesApplication.class, args);
    }
}
