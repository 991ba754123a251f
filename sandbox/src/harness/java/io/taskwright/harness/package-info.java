/** What runs a Java program inside an environment; compiled for the oldest JDK that may be there. */
package io.taskwright.harness;
