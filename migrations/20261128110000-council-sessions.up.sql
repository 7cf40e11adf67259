-- The days on which a buyer's council (or assembly) is known to meet, so that a plan tells by which of them it must resolve.
create table council_session (
  buyer_id uuid not null constraint council_session_buyer references buyer,
  held_on date not null,
  constraint council_session_is_given_once unique (buyer_id, held_on)
);
