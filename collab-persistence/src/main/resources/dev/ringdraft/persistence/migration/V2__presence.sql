-- Who is connected to which server. Worth nothing after a crash, so none of it is logged.

-- Servers that show people. What one shows counts until its lease ends.
create unlogged table presence_server (
  server_id text collate "C" primary key,
  alive_until timestamptz not null
);

-- What a server shows of a draft.
create unlogged table presence (
  draft_id text collate "C" not null,
  server_id text collate "C" not null references presence_server on delete cascade,
  state jsonb not null,
  primary key (draft_id, server_id)
);

comment on column presence.state is '{users: [{user_id, connections, since, state}], others}';
