-- Legal time: the database's clock, or, in a database marked as a rehearsal when it was made, the world's own time.
create function legal_now() returns timestamptz language sql volatile as $$
  select coalesce((select (value->>'now')::timestamptz from settings where key = 'rehearsal'), clock_timestamp())
$$;
--> statement-breakpoint
-- The numbers of applications, gaps allowed: a number is taken when a request is written down.
create sequence application_numbers start 1;
--> statement-breakpoint
-- The ledger only grows.
create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'the table % only grows', tg_table_name using errcode = 'restrict_violation';
end
$$;
--> statement-breakpoint
create trigger ledger_only_grows before update or delete or truncate on ledger
  for each statement execute function refuse_change();
--> statement-breakpoint
create trigger steps_only_grow before update or delete or truncate on steps
  for each statement execute function refuse_change();
--> statement-breakpoint
-- Who may read a content is found through the requests and versions that name it.
create index requests_contents on requests using gin (jsonb_path_query_array(body, 'strict $.** ? (@.type() == "string" && @ like_regex "^[0-9a-f]{64}$")') jsonb_path_ops);
--> statement-breakpoint
create index permit_versions_content on permit_versions (content_id);
