export const JOB_QUEUE = Symbol('job queue');
