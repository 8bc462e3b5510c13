package org.sempervox.core.sip;

/** Status codes that we send or act on, with their reason phrases (RFC 3261 §21). */
public final class SipStatus {
    public static final int TRYING = 100;
    public static final int RINGING = 180;
    public static final int SESSION_PROGRESS = 183;
    public static final int OK = 200;
    public static final int BAD_REQUEST = 400;
    public static final int UNAUTHORIZED = 401;
    public static final int FORBIDDEN = 403;
    public static final int NOT_FOUND = 404;
    public static final int METHOD_NOT_ALLOWED = 405;
    public static final int PROXY_AUTHENTICATION_REQUIRED = 407;
    public static final int REQUEST_TIMEOUT = 408;
    public static final int BAD_EXTENSION = 420;
    public static final int INTERVAL_TOO_BRIEF = 423;
    public static final int TEMPORARILY_UNAVAILABLE = 480;
    public static final int CALL_DOES_NOT_EXIST = 481;
    public static final int LOOP_DETECTED = 482;
    public static final int TOO_MANY_HOPS = 483;
    public static final int BUSY_HERE = 486;
    public static final int REQUEST_TERMINATED = 487;
    public static final int NOT_ACCEPTABLE_HERE = 488;
    public static final int REQUEST_PENDING = 491;
    public static final int SERVER_INTERNAL_ERROR = 500;
    public static final int NOT_IMPLEMENTED = 501;
    public static final int SERVICE_UNAVAILABLE = 503;
    public static final int DECLINE = 603;

    private SipStatus() {}

    public static String reason(int status) {
        return switch (status) {
            case TRYING -> "Trying";
            case RINGING -> "Ringing";
            case 181 -> "Call Is Being Forwarded";
            case SESSION_PROGRESS -> "Session Progress";
            case OK -> "OK";
            case BAD_REQUEST -> "Bad Request";
            case UNAUTHORIZED -> "Unauthorized";
            case FORBIDDEN -> "Forbidden";
            case NOT_FOUND -> "Not Found";
            case METHOD_NOT_ALLOWED -> "Method Not Allowed";
            case PROXY_AUTHENTICATION_REQUIRED -> "Proxy Authentication Required";
            case REQUEST_TIMEOUT -> "Request Timeout";
            case 415 -> "Unsupported Media Type";
            case 416 -> "Unsupported URI Scheme";
            case BAD_EXTENSION -> "Bad Extension";
            case INTERVAL_TOO_BRIEF -> "Interval Too Brief";
            case TEMPORARILY_UNAVAILABLE -> "Temporarily Unavailable";
            case CALL_DOES_NOT_EXIST -> "Call/Transaction Does Not Exist";
            case LOOP_DETECTED -> "Loop Detected";
            case TOO_MANY_HOPS -> "Too Many Hops";
            case BUSY_HERE -> "Busy Here";
            case REQUEST_TERMINATED -> "Request Terminated";
            case NOT_ACCEPTABLE_HERE -> "Not Acceptable Here";
            case REQUEST_PENDING -> "Request Pending";
            case SERVER_INTERNAL_ERROR -> "Server Internal Error";
            case NOT_IMPLEMENTED -> "Not Implemented";
            case SERVICE_UNAVAILABLE -> "Service Unavailable";
            case DECLINE -> "Decline";
            default -> status < 200 ? "Progress" : status < 300 ? "OK" : status < 500 ? "Client Error" : "Server Error";
        };
    }
}
