package org.sempervox.chaos.verdict;

import org.sempervox.chaos.history.Entry.CallDetail;

/** A call detail record with other contents. */
record Change(CallDetail done) {
    Change named(String value) {
        return new Change(new CallDetail(
                done.at(),
                value,
                done.caller(),
                done.called(),
                done.connected(),
                done.startAt(),
                done.answerAt(),
                done.endAt(),
                done.endedBy(),
                done.q850Cause(),
                done.estimated()));
    }

    Change caller(String value) {
        return new Change(new CallDetail(
                done.at(),
                done.id(),
                value,
                done.called(),
                done.connected(),
                done.startAt(),
                done.answerAt(),
                done.endAt(),
                done.endedBy(),
                done.q850Cause(),
                done.estimated()));
    }

    Change called(String value) {
        return new Change(new CallDetail(
                done.at(),
                done.id(),
                done.caller(),
                value,
                done.connected(),
                done.startAt(),
                done.answerAt(),
                done.endAt(),
                done.endedBy(),
                done.q850Cause(),
                done.estimated()));
    }

    Change connected(String value) {
        return new Change(new CallDetail(
                done.at(),
                done.id(),
                done.caller(),
                done.called(),
                value,
                done.startAt(),
                done.answerAt(),
                done.endAt(),
                done.endedBy(),
                done.q850Cause(),
                done.estimated()));
    }

    Change started(double value) {
        return new Change(new CallDetail(
                done.at(),
                done.id(),
                done.caller(),
                done.called(),
                done.connected(),
                value,
                done.answerAt(),
                done.endAt(),
                done.endedBy(),
                done.q850Cause(),
                done.estimated()));
    }

    Change answered(double value) {
        return new Change(new CallDetail(
                done.at(),
                done.id(),
                done.caller(),
                done.called(),
                done.connected(),
                done.startAt(),
                value,
                done.endAt(),
                done.endedBy(),
                done.q850Cause(),
                done.estimated()));
    }

    Change ended(double value) {
        return new Change(new CallDetail(
                done.at(),
                done.id(),
                done.caller(),
                done.called(),
                done.connected(),
                done.startAt(),
                done.answerAt(),
                value,
                done.endedBy(),
                done.q850Cause(),
                done.estimated()));
    }

    Change by(String value) {
        return new Change(new CallDetail(
                done.at(),
                done.id(),
                done.caller(),
                done.called(),
                done.connected(),
                done.startAt(),
                done.answerAt(),
                done.endAt(),
                value,
                done.q850Cause(),
                done.estimated()));
    }

    Change cause(int value) {
        return new Change(new CallDetail(
                done.at(),
                done.id(),
                done.caller(),
                done.called(),
                done.connected(),
                done.startAt(),
                done.answerAt(),
                done.endAt(),
                done.endedBy(),
                value,
                done.estimated()));
    }

    Change estimate() {
        return new Change(new CallDetail(
                done.at(),
                done.id(),
                done.caller(),
                done.called(),
                done.connected(),
                done.startAt(),
                done.answerAt(),
                done.endAt(),
                done.endedBy(),
                done.q850Cause(),
                true));
    }
}
