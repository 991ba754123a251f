-- An attempt that memory was too little for may be followed by one that gets more. What each had is
-- on record, so that the next one can be told whatever died in between.

alter table attempt add column memory bigint; -- bytes; null for attempts of earlier versions
