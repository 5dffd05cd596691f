package tutti.journal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DatabaseTest {

    @Test
    void a_bare_url_gets_all_that_the_journal_relies_on() {
        assertThat(Database.withOptions("jdbc:mariadb://localhost:8100/tutti"))
                .startsWith("jdbc:mariadb://localhost:8100/tutti?connectTimeout=1000&")
                .contains("&sessionVariables=innodb_lock_wait_timeout=2,time_zone='+00:00'");
    }

    @Test
    void what_the_url_says_itself_stays() {
        String url = Database.withOptions("jdbc:mariadb://db/tutti?sslMode=verify-full&connectTimeout=5000");

        assertThat(url)
                .startsWith("jdbc:mariadb://db/tutti?sslMode=verify-full&connectTimeout=5000&socketTimeout=10000&")
                .doesNotContain("connectTimeout=1000");
    }
}
