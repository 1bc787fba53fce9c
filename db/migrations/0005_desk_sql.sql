-- The rate limiter's counts need not survive a crash.
alter table rates set unlogged;
--> statement-breakpoint
-- Positions in the ledger are drawn in one order and committed in another. So that a reader of the feed skips none, whoever
-- is about to write says so first: by a lock, kept to the end of his transaction, on the lowest position that he may draw.
-- Such locks exclude nobody. They are the bigints from 31098 (`yz`) << 40 on, which holds 10^12 positions.
create function ledger_announce() returns trigger language plpgsql as $$
begin
  perform pg_advisory_xact_lock_shared((31098::bigint << 40) + last_value + is_called::int) from ledger_position_seq;
  return null;
end
$$;
--> statement-breakpoint
-- Before the statement: no position of it is drawn yet.
create trigger ledger_announces before insert on ledger for each statement execute function ledger_announce();
--> statement-breakpoint
-- The position before which every entry is committed or will never be: what is read in a later statement, and lies before
-- it, is complete. The order matters. Who draws a position before we look at the sequence has announced it before that; so
-- he is found among the locks, or has ended, and then the later statement sees what he wrote.
create function ledger_horizon() returns bigint language plpgsql volatile as $$
declare
  undrawn bigint;
  announced bigint;
begin
  select last_value + is_called::int into undrawn from ledger_position_seq;
  select min(((classid::bigint & 255) << 32) + objid::bigint) into announced from pg_locks
    where locktype = 'advisory' and objsubid = 1 and classid::bigint >> 8 = 31098
      and database = (select oid from pg_database where datname = current_database());
  return least(undrawn, announced);
end
$$;
