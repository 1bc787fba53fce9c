CREATE TABLE "daily_runs" (
	"job" text NOT NULL,
	"day" date NOT NULL,
	"status" text NOT NULL,
	"leased_until" timestamptz(3),
	CONSTRAINT "daily_runs_job_day_pk" PRIMARY KEY("job","day")
);
