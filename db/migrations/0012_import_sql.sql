-- The relay sends what cases and people ask before what imports ask: ten thousand permits that arrive at once hold up nobody.
create index requests_waiting on requests ((name = 'permit.import'), received_at) where status = 'open';
