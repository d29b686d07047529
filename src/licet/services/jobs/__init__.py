"""Jobs: work that takes longer than a request, done by processes of their own, with its state on disk only.

    jobs/ID/job.json        what is to be done, and for whom
    jobs/ID/progress.json   how far it is, replaced whole
    jobs/ID/table, map …    what was sent
    jobs/ID/result.*        what came of it
    jobs/slot-N             held by the process that does one job after the other

A job whose process is gone is taken up again by the next one that looks (`licet.services.jobs.queue.wake`).
"""
