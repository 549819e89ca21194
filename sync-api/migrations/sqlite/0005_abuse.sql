-- What customers' words did to people: the model's label of a message, and of a conversation the newest that was done to
-- the agent. Says nothing of the agent.

ALTER TABLE messages ADD COLUMN abuse TEXT;
ALTER TABLE conversations ADD COLUMN abuse TEXT;
