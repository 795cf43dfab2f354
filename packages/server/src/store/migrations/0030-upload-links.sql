-- An address a customer drops his fresh file on. Only a hash of its secret is known here.
create table upload_links (
  id uuid primary key default gen_random_uuid(),
  token_id uuid not null references content_tokens (id) on delete cascade,
  secret_hash text not null unique,
  auto_confirm boolean not null,
  created_at timestamptz not null,
  created_by text not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  revoked_at timestamptz
);
create index upload_links_token on upload_links (token_id, created_at desc);

-- Files that came through a link. Sealed while they wait, forgotten once they are settled.
create table uploads (
  id uuid primary key default gen_random_uuid(),
  link_id uuid not null references upload_links (id) on delete cascade,
  token_id uuid not null references content_tokens (id) on delete cascade,
  file_name text,
  sealed text,
  fingerprint text not null,
  state text not null check (state in ('waiting', 'renewed', 'declined')),
  uploaded_at timestamptz not null,
  settled_at timestamptz,
  settled_by text,
  check ((state = 'waiting') = (sealed is not null))
);
create index uploads_token on uploads (token_id, uploaded_at desc);
