// The rows of the boards, a class each.
package casetrail.peer;

import java.util.HashMap;
import java.util.Map;

final class Rows {
  private Rows() {}

  static final class CaseRow {
    public String customer = "";
    public String priority = "";
    public String owner = "";
    public String category = "";
    public String status = "new";
    public String department = "";
    public String departmentBefore = "";
    public String lastProgress = "";
    public int handoffs;
    public int pingPongs;
    public int bounces;
    public boolean reopened;
    public Map<String, HandoffRow> open = new HashMap<>();
  }

  static final class HandoffRow {
    public String kind = "";
    public String from = "";
    public String to = "";
    public String acceptBy = "";
    public String because = "";
    public String wants = "";
    public String pleaseDo = "";
    public String how = "";
    public String state = "pending";
  }

  static final class CallbackRow {
    public String purpose = "";
    public String notBefore = "";
    public String notAfter = "";
    public String lastOutcome = "";
    public int attempts;
    public boolean satisfied;
    public boolean open = true;
  }

  static final class ReviewRow {
    public String reviewer = "";
    public String agent = "";
    public String kind = "";
    public int totalPermille = -1;
  }

  static final class Totals {
    public long cases;
    public long handoffs;
    public long pingPongs;
    public long callbacks;
    public long satisfied;
    public long reviews;
    public long permille;
  }
}
