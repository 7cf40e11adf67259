drop table need_signal_confirmation;
