-- As with permits (0012): the forms of a region that arrive at once hold up nobody either.
drop index requests_waiting;--> statement-breakpoint
create index requests_waiting on requests ((name in ('permit.import', 'registration.import')), received_at) where status = 'open';
