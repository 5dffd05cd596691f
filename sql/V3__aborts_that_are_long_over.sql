-- An abort is remembered until a day after its coordinator itself has said so here; then nothing can ask for it any more.

ALTER TABLE commitment
    ADD COLUMN closed_us BIGINT NULL COMMENT 'when the coordinator itself had said here that it is aborted',
    ADD KEY commitment_closed (closed_us);
