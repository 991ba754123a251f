package io.taskwright.bench.start;

/**
 * What was measured of one runtime in one back end.
 *
 * @param bare without a sandbox
 * @param dockerRun by the engine's own command line, hardened alike
 * @param cold in an environment that was made for it
 * @param warm in one that waited
 * @param burst of fifty at once, as many in environments that waited as there were
 * @param burstMillis from the first start of fifty at once to the last end
 * @param refillPerSecond environments that come to wait when all have been taken
 * @param idleMib memory of one that waits
 */
record Row(
    String backEnd,
    String runtime,
    Taken bare,
    Taken dockerRun,
    Taken cold,
    Taken warm,
    Taken burst,
    double burstMillis,
    double refillPerSecond,
    double idleMib) {}
