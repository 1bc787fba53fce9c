-- The audit log only grows.
create trigger audit_log_only_grows before update or delete or truncate on audit_log
  for each statement execute function refuse_change();
