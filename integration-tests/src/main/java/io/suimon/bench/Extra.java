package io.suimon.bench;

/** What a scenario has beside its load. */
enum Extra {
    /** How many bytes Suimon allocates for a request is found out, too. */
    ALLOCATION,
    /** Idle connections are held meanwhile. */
    IDLE_CONNECTIONS,
    /** The configuration is changed meanwhile, while it is Suimon that is measured. */
    CHURN,
    /** A second Suimon, with one route, is measured as well. */
    ONE_ROUTE
}
