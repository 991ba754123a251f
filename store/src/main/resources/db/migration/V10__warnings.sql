-- What validation had to say of an execution that it did not stop: [{stage, pointer, message}].

alter table execution add column warnings jsonb;
