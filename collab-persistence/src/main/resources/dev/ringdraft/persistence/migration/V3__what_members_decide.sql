comment on table draft_member is 'who sees which draft: asked before any row of the draft, as well as for listing';
