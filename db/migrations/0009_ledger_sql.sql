-- What was signed stays as it was signed.
create trigger ledger_keys_only_grow before update or delete or truncate on ledger_keys
  for each statement execute function refuse_change();
--> statement-breakpoint
create trigger ledger_anchors_only_grow before update or delete or truncate on ledger_anchors
  for each statement execute function refuse_change();
--> statement-breakpoint
create trigger ledger_anchor_heads_only_grow before update or delete or truncate on ledger_anchor_heads
  for each statement execute function refuse_change();
