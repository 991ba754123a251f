/** Expressions: the Common Expression Language over JSON, checked before use and bounded in use. */
@NullMarked
package io.taskwright.rules.expression;

import org.jspecify.annotations.NullMarked;
