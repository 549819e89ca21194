-- Beside the agent's name a conversation's abuse told what that agent had met (R3): it is counted over messages alone.

ALTER TABLE conversations DROP COLUMN abuse;
